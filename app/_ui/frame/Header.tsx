/** The line at the top of every page: the mark, where one is, what a page adds at the right, the playground, the theme. */
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { environment } from '#/app/_server/environment.ts'
import { frameText } from '#/app/_text/en.ts'
import { playgroundId } from '#/labs/playground/id.ts'
import { StartLink } from '../chapter/StartLink.tsx'
import { Icon } from '../control/Icon.tsx'
import { Link } from '../control/Link.tsx'
import { SearchButton } from '../palette/SearchButton.tsx'
import { Mark } from './Mark.tsx'
import { ThemeToggle } from './ThemeToggle.tsx'
import { parseTheme, themeCookie } from './theme.ts'

export async function Header({
  where,
  children,
  wide = false,
  full = false,
}: {
  where?: ReactNode
  children?: ReactNode
  wide?: boolean
  /** As wide as the window, on a page that is. */
  full?: boolean
}) {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value)
  return (
    <header className="print:hidden">
      <div
        className={`mx-auto flex h-12 items-center gap-3 px-4 ${wide ? '' : 'sm:px-8'} ${wide || full ? '' : 'max-w-[80rem]'}`}
      >
        <Link
          href="/"
          aria-label={frameText.home}
          className="flex shrink-0 items-center gap-2 font-serif text-[1.0625rem] font-semibold tracking-[-0.01em]"
        >
          <Mark />
          <span className="max-[26rem]:sr-only">{frameText.product}</span>
        </Link>
        {where && (
          <nav
            aria-label={frameText.navigation}
            className={`flex min-w-0 items-center gap-3 text-sm text-muted ${wide ? 'max-[60rem]:hidden' : 'max-[26rem]:hidden'}`}
          >
            <span aria-hidden="true" className="h-4 w-px bg-track" />
            <span className="truncate">{where}</span>
          </nav>
        )}
        <div className="ml-auto flex shrink-0 items-center gap-1">
          {children}
          <Link
            href="/course"
            className={`rounded px-2 py-1 text-sm text-muted hover:text-ink hover:underline max-[22rem]:px-1 ${wide ? 'max-[60rem]:hidden' : ''}`}
          >
            {frameText.navigation}
          </Link>
          {environment().RINGSIDE_MODE === 'classroom' && (
            <Link
              href="/cohorts"
              className={`rounded px-2 py-1 text-sm text-muted hover:text-ink hover:underline max-[34rem]:hidden ${wide ? 'max-[60rem]:hidden' : ''}`}
            >
              {frameText.cohorts}
            </Link>
          )}
          <StartLink
            lab={playgroundId}
            href="/playground"
            running={false}
            className="rounded px-2 py-1 text-sm text-muted hover:text-ink hover:underline max-[22rem]:px-1"
          >
            {wide && <Icon name="flask" className="size-5 min-[60rem]:hidden" />}
            <span className={wide ? 'max-[60rem]:sr-only' : ''}>{frameText.playground}</span>
          </StartLink>
          <SearchButton className={wide ? 'max-[60rem]:hidden' : ''} />
          <ThemeToggle initial={theme} />
          <Link
            href="/account"
            aria-label={frameText.account}
            title={frameText.account}
            className="inline-grid size-8 coarse:size-10 shrink-0 place-items-center rounded-[3px] text-muted hover:bg-raised hover:text-ink"
          >
            <Icon name="person" className="size-4" />
          </Link>
        </div>
      </div>
    </header>
  )
}
