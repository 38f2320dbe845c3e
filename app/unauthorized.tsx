/** Any page without a person. */
import { SignInNeeded } from './_ui/frame/SignInNeeded.tsx'

export default function Unauthorized() {
  return <SignInNeeded />
}
