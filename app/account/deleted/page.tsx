/** After an account was deleted: there is nobody any more whom a page could be for. */
import type { Metadata } from 'next'
import { accountText } from '#/app/_text/en/people/account.ts'
import { Message } from '#/app/_ui/frame/Message.tsx'
import { PlainHeader } from '#/app/_ui/frame/PlainHeader.tsx'

const text = accountText.gone

export const metadata: Metadata = { title: text.title }

export default function Deleted() {
  return (
    <>
      <PlainHeader />
      <Message title={text.title}>
        <p>{text.body}</p>
      </Message>
    </>
  )
}
