/** A page that could not be rendered: what is safe, and a second try. */
'use client'
import { failedText as text } from './_text/en.ts'
import { Button } from './_ui/control/Button.tsx'
import { Message } from './_ui/frame/Message.tsx'

export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <Message title={text.title}>
      <p>{text.body}</p>
      <p>{text.remedy}</p>
      {error.digest && <p className="font-mono text-sm">{text.reference(error.digest)}</p>}
      <Button look="primary" onClick={reset}>
        {text.again}
      </Button>
    </Message>
  )
}
