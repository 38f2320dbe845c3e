/** No such page. */
import { notFoundText as text } from './_text/en.ts'
import { Message } from './_ui/frame/Message.tsx'
import { PlainHeader } from './_ui/frame/PlainHeader.tsx'

export default function NotFound() {
  return (
    <>
      <PlainHeader />
      <Message title={text.title}>
        <p>{text.body}</p>
        <p>
          <a href="/" className="link text-ink">
            {text.home}
          </a>
        </p>
      </Message>
    </>
  )
}
