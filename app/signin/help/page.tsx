/** Where a wrong token leads. */
import type { Metadata } from 'next'
import { signInText } from '#/app/_text/en.ts'
import { SignInNeeded } from '#/app/_ui/frame/SignInNeeded.tsx'

export const metadata: Metadata = { title: signInText.wrongTitle }

export default function SignInHelp() {
  return <SignInNeeded wrongToken />
}
