/** Login and password, set for the first time or anew. */
import { accountText } from '#/app/_text/en/people/account.ts'
import type { AccountView } from '#/classroom/types.ts'
import { Button } from '../control/Button.tsx'
import { Field } from '../form/Field.tsx'

const text = accountText.signIn

export const PasswordForm = ({ account, typed }: { account: AccountView; typed: string | undefined }) => (
  <>
    {account.role === 'owner' && <p className="mb-4 text-sm">{text.owner}</p>}
    {!account.hasPassword && account.role !== 'owner' && <p className="mb-4 text-sm">{text.none}</p>}
    {account.hasReturnCode && <p className="mb-4 text-sm">{text.code}</p>}
    <form method="post" action="/api/account/password" className="space-y-4">
      <Field
        label={text.login}
        hint={text.loginHint}
        name="login"
        defaultValue={typed ?? account.login ?? ''}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
      />
      {account.hasPassword && (
        <Field label={text.current} name="current" type="password" autoComplete="current-password" required />
      )}
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
      <Button type="submit">{text.submit}</Button>
      <p className="text-sm text-muted">{text.note}</p>
    </form>
  </>
)
