/** The script makes a button of it; without script it is not shown, for the browser has its own way to print. */
export function PrintLink({ children }: { children: string }) {
  return (
    <ul className="links">
      <li data-print>{children}</li>
    </ul>
  );
}
