/** The name that the server gave the file it answered with. */
export function nameOfFile(disposition: string | null, otherwise: string): string {
  return /filename="([\w.-]+)"/.exec(disposition ?? '')?.[1] ?? otherwise;
}

/** Hands a text of comma-separated values to the browser as a download. */
export function saveCsv(text: string, name: string): void {
  // Reading an answer as text takes its byte order mark away; spreadsheets need it.
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
