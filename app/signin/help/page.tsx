/** Where a wrong token leads. */
import type { Metadata } from 'next'
import { frameText } from '#/app/_text/en.ts'
import { SignInNeeded } from '#/app/_ui/frame/SignInNeeded.tsx'

export const metadata: Metadata = { title: frameText.signIn.wrongTitle }

export default function SignInHelp() {
  return <SignInNeeded wrongToken />
}
