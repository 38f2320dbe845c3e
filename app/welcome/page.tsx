/** The return code of who has just joined: shown once, large, to be copied or printed. */
import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { readPath, withPath } from '#/app/_server/back-to.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import { noteNow, type Query } from '#/app/_server/note.ts'
import { requirePerson } from '#/app/_server/person.ts'
import { entranceText } from '#/app/_text/en/people/entrance.ts'
import { Button } from '#/app/_ui/control/Button.tsx'
import { PrintButton } from '#/app/_ui/form/PrintButton.tsx'
import { Secret } from '#/app/_ui/form/Secret.tsx'
import { Sheet } from '#/app/_ui/form/Sheet.tsx'
import { PlainHeader } from '#/app/_ui/frame/PlainHeader.tsx'
import { Link } from '../_ui/control/Link.tsx'

const text = entranceText.welcome

export const metadata: Metadata = { title: text.title }

export default async function Welcome({ searchParams }: { searchParams: Query }) {
  requireClassroomMode()
  const person = await requirePerson()
  const to = readPath((await searchParams).to)
  const secret = (await noteNow(searchParams))?.secret
  const host = (await headers()).get('host')
  return (
    <>
      <PlainHeader />
      <Sheet title={text.title}>
        {secret ? (
          <>
            <p>{text.lead}</p>
            <Secret text={secret} label={person.name} large />
            <p>
              {text.how} <span className="font-mono text-sm">{`${host}/return`}</span>
            </p>
            <form
              method="post"
              action={withPath('/api/entrance/kept', to)}
              className="flex flex-wrap gap-3 print:hidden"
            >
              <Button type="submit" look="primary">
                {text.kept}
              </Button>
              <PrintButton word={text.print} />
            </form>
          </>
        ) : (
          <>
            <p>{text.gone}</p>
            <p className="flex flex-wrap gap-x-5">
              <Link href="/account" className="link">
                {text.account}
              </Link>
              <Link href={to ?? '/course'} className="link">
                {text.on}
              </Link>
            </p>
          </>
        )}
      </Sheet>
    </>
  )
}
