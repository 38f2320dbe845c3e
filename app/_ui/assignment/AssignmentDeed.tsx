/** A form of an assignment that does one thing, and says before what. Works without a script. */
import { Button, type ButtonProps } from '../control/Button.tsx'

interface Props {
  assignment: string
  deed: 'publish' | 'delete' | 'take' | 'last-check'
  word: string
  label?: string
  note?: string
  look?: ButtonProps['look']
  fields?: Record<string, string>
}

export const AssignmentDeed = ({ assignment, deed, word, label, note, look, fields = {} }: Props) => (
  <form
    method="post"
    action={`/api/assignments/${assignment}/${deed}`}
    className={note ? 'mt-6 flex flex-wrap items-center gap-x-5 gap-y-2' : ''}
  >
    {Object.entries(fields).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
    <Button type="submit" look={look} aria-label={label}>
      {word}
    </Button>
    {note && <p className="max-w-[40rem] text-sm text-muted">{note}</p>}
  </form>
)
