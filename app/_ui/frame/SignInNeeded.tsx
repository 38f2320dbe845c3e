/** What somebody without a session sees: how to come in. */
import { signInText as text } from '#/app/_text/en.ts'
import { Message } from './Message.tsx'
import { PlainHeader } from './PlainHeader.tsx'

export function SignInNeeded({ wrongToken = false }: { wrongToken?: boolean }) {
  return (
    <>
      <PlainHeader />
      <Message title={wrongToken ? text.wrongTitle : text.title}>
        <p>{wrongToken ? text.wrongBody : text.body}</p>
        <pre className="overflow-x-auto border-l-2 border-amber py-1 pl-4 font-mono text-[0.8125rem] leading-7 text-ink">
          <span className="select-none text-muted">$ </span>
          {`${text.command}\n${text.example}`}
        </pre>
      </Message>
    </>
  )
}
