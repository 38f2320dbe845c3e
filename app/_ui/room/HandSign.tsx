/** A raised hand, drawn like the other signs. Decoration; a word stands beside it. */
export const HandSign = ({ className = 'size-4' }: { className?: string }) => (
  <svg
    aria-hidden="true"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.4"
    strokeLinecap="round"
    strokeLinejoin="round"
    className={`shrink-0 ${className}`}
  >
    <path d="M4.5 8.5V4a1 1 0 0 1 2 0v3.5V2.5a1 1 0 0 1 2 0v5V3a1 1 0 0 1 2 0v5V5a1 1 0 0 1 2 0v5.5c0 2.5-1.6 4-4 4-2.2 0-3.3-.9-4.2-2.6L2.6 9.4c-.5-1 .8-1.7 1.4-.8Z" />
  </svg>
)
