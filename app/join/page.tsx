/** Joining by a code that is typed. */
import type { Metadata } from 'next'
import { readPath, withPath } from '#/app/_server/back-to.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import { noteNow, type Query } from '#/app/_server/note.ts'
import { entranceText } from '#/app/_text/en/people/entrance.ts'
import { Button } from '#/app/_ui/control/Button.tsx'
import { Field } from '#/app/_ui/form/Field.tsx'
import { Sheet } from '#/app/_ui/form/Sheet.tsx'
import { PlainHeader } from '#/app/_ui/frame/PlainHeader.tsx'

const text = entranceText.join

export const metadata: Metadata = { title: text.title }

export default async function Join({ searchParams }: { searchParams: Query }) {
  requireClassroomMode()
  const note = await noteNow(searchParams)
  const to = readPath((await searchParams).to)
  return (
    <>
      <PlainHeader />
      <Sheet title={text.title} note={note}>
        <form method="post" action={withPath('/api/entrance/join', to)} className="space-y-5">
          <Field
            label={text.code}
            hint={text.codeHint}
            name="code"
            mono
            defaultValue={note?.fields.code}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            required
          />
          <Button type="submit" look="primary">
            {text.open}
          </Button>
        </form>
      </Sheet>
    </>
  )
}
