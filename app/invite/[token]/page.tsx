/** An invitation: sets the password of somebody whom the roster knows, or lets somebody new in. */
import type { Metadata } from 'next'
import { classroom } from '#/app/_server/classroom.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import { noteNow, type Query } from '#/app/_server/note.ts'
import { personOrNull } from '#/app/_server/person.ts'
import { entranceText } from '#/app/_text/en/people/entrance.ts'
import { Button } from '#/app/_ui/control/Button.tsx'
import { ProblemNote } from '#/app/_ui/control/ProblemNote.tsx'
import { Field } from '#/app/_ui/form/Field.tsx'
import { Once } from '#/app/_ui/form/Once.tsx'
import { Sheet } from '#/app/_ui/form/Sheet.tsx'
import { PlainHeader } from '#/app/_ui/frame/PlainHeader.tsx'
import { Refusal } from '#/classroom/index.ts'

const text = entranceText.invite

export const metadata: Metadata = { title: entranceText.join.title, referrer: 'same-origin' }

interface Props {
  params: Promise<{ token: string }>
  searchParams: Query
}

export default async function Invite({ params, searchParams }: Props) {
  requireClassroomMode()
  const { token } = await params
  const room = await classroom()
  const invitation = await room.invitation(token).catch((error) => {
    if (error instanceof Refusal) return error
    throw error
  })
  const note = await noteNow(searchParams)
  if (invitation instanceof Refusal) {
    return (
      <>
        <PlainHeader />
        <Sheet title={entranceText.join.title}>
          <ProblemNote problem={invitation.problem} />
        </Sheet>
      </>
    )
  }
  return (
    <>
      <PlainHeader />
      <Sheet title={text.title(invitation.cohort)} note={note}>
        {text.role[invitation.role] && <p>{text.role[invitation.role]}</p>}
        {invitation.person && <p>{text.for(invitation.person.name)}</p>}
        <form
          method="post"
          action={`/api/entrance/invite?token=${encodeURIComponent(token)}`}
          className="space-y-5"
        >
          <Once />
          {invitation.person ? (
            <PasswordFields login={note?.fields.login ?? invitation.person.login ?? ''} />
          ) : (
            <NameField person={await personOrNull()} typed={note?.fields.name} />
          )}
          <Button type="submit" look="primary">
            {invitation.person ? text.submit : entranceText.join.submit}
          </Button>
        </form>
      </Sheet>
    </>
  )
}

const PasswordFields = ({ login }: { login: string }) => (
  <>
    <Field
      label={text.login}
      name="login"
      defaultValue={login}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      required
    />
    <Field
      label={text.password}
      hint={text.passwordHint}
      name="password"
      type="password"
      autoComplete="new-password"
      minLength={10}
      maxLength={200}
      required
    />
  </>
)

const NameField = ({ person, typed }: { person: { name: string } | null; typed: string | undefined }) =>
  person ? (
    <p>{entranceText.join.as(person.name)}</p>
  ) : (
    <Field
      label={entranceText.join.name}
      hint={entranceText.join.nameHint}
      name="name"
      defaultValue={typed}
      autoComplete="name"
      maxLength={80}
      required
    />
  )
