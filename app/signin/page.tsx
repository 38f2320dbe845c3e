/** Signing in. In personal mode the printed link is the only way, and this says so. */
import type { Metadata } from 'next'
import { readPath, withPath } from '#/app/_server/back-to.ts'
import { environment } from '#/app/_server/environment.ts'
import { noteNow, type Query } from '#/app/_server/note.ts'
import { providerName } from '#/app/_server/provider.ts'
import { entranceText } from '#/app/_text/en/people/entrance.ts'
import { Button, buttonClass } from '#/app/_ui/control/Button.tsx'
import { Field } from '#/app/_ui/form/Field.tsx'
import { Sheet } from '#/app/_ui/form/Sheet.tsx'
import { PlainHeader } from '#/app/_ui/frame/PlainHeader.tsx'
import { SignInNeeded } from '#/app/_ui/frame/SignInNeeded.tsx'
import { Link } from '../_ui/control/Link.tsx'

const text = entranceText.signIn

export const metadata: Metadata = { title: text.title }

export default async function SignIn({ searchParams }: { searchParams: Query }) {
  if (environment().RINGSIDE_MODE === 'personal') return <SignInNeeded />
  const note = await noteNow(searchParams)
  const to = readPath((await searchParams).to)
  const provider = providerName()
  return (
    <>
      <PlainHeader />
      <Sheet title={text.title} note={note}>
        <form method="post" action={withPath('/api/entrance/signin', to)} className="space-y-5">
          <Field
            label={text.login}
            name="login"
            defaultValue={note?.fields.login}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
          />
          <Field
            label={text.password}
            name="password"
            type="password"
            autoComplete="current-password"
            required
          />
          <Button type="submit" look="primary">
            {text.submit}
          </Button>
        </form>
        {provider && (
          <a href={withPath('/signin/oidc/start', to)} className={buttonClass('plain', 'w-full')}>
            {text.with(provider)}
          </a>
        )}
        <section aria-labelledby="others" className="border-t border-rule pt-5">
          <h2 id="others" className="caps text-muted">
            {text.others}
          </h2>
          <ul className="mt-2 space-y-1">
            <li>
              <Link href={withPath('/return', to)} className="link">
                {text.return}
              </Link>
            </li>
            <li>
              <Link href={withPath('/join', to)} className="link">
                {text.join}
              </Link>
            </li>
          </ul>
          <p className="mt-4 text-sm text-muted">{text.lost}</p>
        </section>
      </Sheet>
    </>
  )
}
