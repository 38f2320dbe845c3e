/** How a cohort begins in browsers: the instructor opens it and makes a code, learners join by its link. Knows nothing of what is tested with it. */
import type { Page } from 'playwright-core'
import { visit } from './browser.ts'

export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** Called Autumn, in Berlin. The path of its pages, and the link by which one joins it. */
export async function openCohort(
  teacher: Page,
  address: string,
): Promise<{ cohort: string; joinLink: string }> {
  await visit(teacher, `${address}/cohorts`)
  await teacher.getByLabel('Name').fill('Autumn')
  await teacher.getByLabel('Time zone').fill('Europe/Berlin')
  await press(teacher, 'Open it')
  await teacher.getByText('The cohort is open.').waitFor()
  const cohort = new URL(teacher.url()).pathname.replace('/settings', '')
  await press(teacher, 'Make a code')
  return { cohort, joinLink: (await teacher.getByText(/\/join\/[0-9A-Z-]{14}$/).textContent()) ?? '' }
}

/** To the course. */
export async function joinCohort(page: Page, joinLink: string, name: string): Promise<void> {
  await visit(page, joinLink)
  await page.getByLabel('Your name').fill(name)
  await press(page, 'Join')
  await press(page, 'I have kept it')
  await page.waitForURL(/\/course$/)
}
