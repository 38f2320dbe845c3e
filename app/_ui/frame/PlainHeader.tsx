/**
 * The line at the top of a page shown in place of another: the mark, and nothing that needs a script. Next loads the scripts of these pages with
 * every page, in case they are needed.
 */
import { frameText } from '#/app/_text/en.ts'
import { Mark } from './Mark.tsx'

export const PlainHeader = () => (
  <header className="print:hidden">
    <div className="mx-auto flex h-12 max-w-[80rem] items-center px-4 sm:px-8">
      <a
        href="/"
        aria-label={frameText.home}
        className="flex items-center gap-2 font-serif text-[1.0625rem] font-semibold tracking-[-0.01em]"
      >
        <Mark />
        {frameText.product}
      </a>
    </div>
  </header>
)
