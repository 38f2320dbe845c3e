/** POST: a form of the account page; which deeds there are is said in account-deeds.ts. */
import { notFound } from 'next/navigation'
import { accountDeeds } from '#/app/_server/account-deeds.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { personForm, requireClassroomMode } from '#/app/_server/form.ts'

export async function POST(
  request: Request,
  { params }: { params: Promise<{ deed: string }> },
): Promise<Response> {
  const { deed: name } = await params
  const deed = Object.hasOwn(accountDeeds, name) ? accountDeeds[name] : undefined
  if (!deed) notFound()
  if (name === 'password') requireClassroomMode()
  return personForm(request, { back: '/account', keep: ['login'] }, async (person, form) =>
    deed(await classroom(), person, form, request),
  )
}
