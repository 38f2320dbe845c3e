/** The submit button of what cannot be taken back by another press: the first press says what it does, the second does it. Works without a script. */
import { Button, buttonClass } from '../control/Button.tsx'

interface Props {
  word: string
  question: string
  yes: string
}

export const AskFirst = ({ word, question, yes }: Props) => (
  <details>
    <summary className={buttonClass('danger', 'list-none [&::-webkit-details-marker]:hidden')}>
      {word}
    </summary>
    <p className="mt-3 max-w-[34rem] text-sm">{question}</p>
    <Button type="submit" look="danger" className="mt-3">
      {yes}
    </Button>
  </details>
)
