/** Something that is shown once: large, to be copied. */
import { CopyText } from './CopyText.tsx'

export const Secret = ({ text, label, large = false }: { text: string; label: string; large?: boolean }) => (
  <div className="border-l-2 border-amber py-1 pl-4">
    <p className="caps text-muted">{label}</p>
    <p
      className={`mt-1 break-words font-mono ${large ? 'text-[1.5rem] leading-snug tracking-[0.04em] sm:text-[2rem]' : 'text-sm'} select-all`}
    >
      {text}
    </p>
    <div className="mt-3 print:hidden">
      <CopyText text={text} label={label} />
    </div>
  </div>
)
