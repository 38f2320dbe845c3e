/** What axe says of a page or a part of it, one line for each violation. Knows no page. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'

type Axe = {
  run(
    context: unknown,
  ): Promise<{ violations: { id: string; nodes: { html: string; target: unknown[] }[] }[] }>
}

/** Scripts of the page's policy do not bind a test that runs its own. @param part a selector; the whole page without one */
export async function axeSays(page: Page, part?: string): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async (selector) => {
    const { run } = (window as unknown as { axe: Axe }).axe
    const { violations } = await run(selector ? { include: [[selector]] } : document)
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
    )
  }, part)
}
