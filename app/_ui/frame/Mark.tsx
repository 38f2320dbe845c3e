/** The sign of the course: a line into a queue, and out of it. */
export const Mark = () => (
  <svg
    aria-hidden="true"
    viewBox="0 0 32 32"
    className="size-5"
    fill="none"
    stroke="currentColor"
    strokeWidth="2.5"
  >
    <path d="M8 15h16v9H8z" className="fill-amber" stroke="none" />
    <path d="M16 1v13M7 6v19h18V6M21 10h6M16 25v6" />
  </svg>
)
