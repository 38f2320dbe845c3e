/** The link to the file. A plain one: nothing is fetched before it is asked for, and whoever is signed out meanwhile gets the page that says so. */
import { offlineText as text } from '#/app/_text/en.ts'

export const TakeAlong = ({
  href,
  what,
  className = '',
}: {
  href: string
  what: string
  className?: string
}) => (
  <p className={`${className} text-sm text-muted print:hidden`}>
    <a href={href} className="link">
      {what}
    </a>
    {': '}
    {text.what}
  </p>
)
