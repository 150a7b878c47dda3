/** The gate. */
export function Brand() {
  return (
    <svg
      className="brand-mark"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M3 21V6l3-2.5L9 6h6l3-2.5L21 6v15h-5.5v-6a3.5 3.5 0 0 0-7 0v6zM12 15v-3.4" />
    </svg>
  );
}
