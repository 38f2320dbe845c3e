/** The line from the foot of one sign over to the head of the next; decoration. */
export const Thread = ({ width }: { width: number }) => (
  <svg aria-hidden="true" viewBox="0 0 100 100" preserveAspectRatio="none" className="live-thread">
    <path d="M0 90V100H50V0H100V10" style={{ strokeWidth: width }} />
  </svg>
)
