// select[data-choose]: a long choice that can be searched.
import removeButton from "tom-select/dist/esm/plugins/remove_button/plugin.js"
import TomSelect from "tom-select/dist/esm/tom-select.js"
import { each } from "./dom"

export function startChoosers(): void {
  TomSelect.define("remove_button", removeButton)
  each("select[data-choose]", (element) => {
    const select = element as HTMLSelectElement
    const label = select.labels?.[0]?.textContent?.trim()
    const chooser = new TomSelect(select, {
      plugins: select.multiple ? { remove_button: { title: select.dataset.remove ?? "" } } : {},
      maxOptions: 500,
      placeholder: [...select.options].find((option) => !option.value)?.text ?? "",
      hidePlaceholder: true,
      render: {
        no_results: () => `<div class="no-results">${select.dataset.nothing ?? "—"}</div>`,
      },
      onFocus: () => chooser.control_input.setAttribute("autocomplete", "off"),
    })
    // The select itself steps aside: the search field carries its name from here on.
    select.setAttribute("aria-hidden", "true")
    const described = select.getAttribute("aria-describedby")
    if (label) chooser.control_input.setAttribute("aria-label", label)
    if (described) chooser.control_input.setAttribute("aria-describedby", described)
    if (select.getAttribute("aria-invalid")) chooser.control_input.setAttribute("aria-invalid", "true")
  })
}
