/** An unknown lab: names those that exist. */

import { labList } from '#/app/_server/labs.ts'
import { labText } from '#/app/_text/en.ts'
import { Link } from '#/app/_ui/control/Link.tsx'
import { Header } from '#/app/_ui/frame/Header.tsx'
import { Message } from '#/app/_ui/frame/Message.tsx'

export default async function UnknownLab() {
  const labs = await labList()
  const text = labText.unknown
  return (
    <>
      <Header />
      <Message title={text.title}>
        <p>{labs.length > 0 ? text.body : text.none}</p>
        <ul className="space-y-2">
          {labs.map((lab) => (
            <li key={lab.id}>
              <Link href={`/labs/${lab.id}`} className="link text-ink">
                {lab.title}
              </Link>{' '}
              <code className="font-mono text-sm">{lab.id}</code>
            </li>
          ))}
        </ul>
      </Message>
    </>
  )
}
