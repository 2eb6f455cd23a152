import { startBoards } from "./board"
import { startChoosers } from "./choose"
import { startConfirmations } from "./confirm"
import { startCopying } from "./copy"
import { startDialogs } from "./dialogs"
import { startDrafts } from "./drafts"
import { startDrawer } from "./drawer"
import { startDropzones } from "./dropzone"
import { startFilters } from "./filters"
import { startHtmx } from "./fragments"
import { startMenus } from "./menus"
import { startOnce } from "./once"
import { startPalette } from "./palette"
import { startPlans } from "./plan"
import { startPlanner } from "./planner"
import { startReturns } from "./returns"
import { startScrolls } from "./scrolls"
import { startSelection } from "./selection"
import { startShortcuts } from "./shortcuts"
import { startSwitches } from "./switches"
import { startTabs } from "./tabs"
import { startToasts } from "./toasts"

startHtmx()
startSwitches()
startFilters()
startReturns()
startBoards()
startPlanner()
startPlans()
startMenus()
startDialogs()
startDrawer()
startCopying()
startTabs()
startToasts()
startSelection()
startScrolls()
startDrafts()
startChoosers()
startDropzones()
startConfirmations()
startPalette()
startShortcuts()
startOnce()
