/** No such page. */
import Link from 'next/link'
import { frameText } from './_text/en.ts'
import { Header } from './_ui/frame/Header.tsx'
import { Message } from './_ui/frame/Message.tsx'

export default function NotFound() {
  const text = frameText.notFound
  return (
    <>
      <Header />
      <Message title={text.title}>
        <p>{text.body}</p>
        <p>
          <Link href="/" className="link text-ink">
            {text.home}
          </Link>
        </p>
      </Message>
    </>
  )
}
