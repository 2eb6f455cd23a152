/* Passkeys. A form with data-passkey ("create" or "get") asks the browser for a credential and posts it as
   `credential`. Its options come as JSON from the element or the address that data-passkey-options names. */
(() => {
  "use strict"

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"))
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0))
  }
  const text = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer))
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")
  }
  const withBytes = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }))

  async function optionsOf(form) {
    const place = form.dataset.passkeyOptions
    if (place.startsWith("#")) return JSON.parse(document.querySelector(place).textContent)
    const answer = await fetch(place, { headers: { Accept: "application/json" } })
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
    return answer.json()
  }

  async function create(form) {
    const { creation_options: given } = await optionsOf(form)
    const asked = given.publicKey
    const alone = form.querySelector("[name=passwordless]")?.checked ?? false
    const credential = await navigator.credentials.create({
      publicKey: {
        ...asked,
        challenge: bytes(asked.challenge),
        user: { ...asked.user, id: bytes(asked.user.id) },
        excludeCredentials: withBytes(asked.excludeCredentials),
        authenticatorSelection: {
          ...asked.authenticatorSelection,
          residentKey: alone ? "required" : "discouraged",
          requireResidentKey: alone,
          ...(alone ? { userVerification: "required" } : {}),
        },
      },
    })
    const { response } = credential
    return shell(credential, {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    })
  }

  async function get(form) {
    const { request_options: given } = await optionsOf(form)
    const asked = given.publicKey
    const credential = await navigator.credentials.get({
      publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: withBytes(asked.allowCredentials) },
    })
    const { response } = credential
    return shell(credential, {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : null,
    })
  }

  const shell = (credential, response) => ({
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  })

  function say(form, sentence) {
    const place = form.querySelector("[data-passkey-said]")
    place.textContent = sentence
    place.hidden = !sentence
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) {
      say(form, form.dataset.unsupported)
      form.querySelector("[type=submit]").disabled = true
      continue
    }
    form.addEventListener("submit", async (event) => {
      event.preventDefault()
      const button = form.querySelector("[type=submit]")
      button.disabled = true
      say(form, "")
      try {
        const credential = await (form.dataset.passkey === "create" ? create(form) : get(form))
        form.querySelector("[name=credential]").value = JSON.stringify(credential)
        form.submit()
      } catch (error) {
        say(form, error.name === "InvalidStateError" ? form.dataset.known : form.dataset.cancelled)
        button.disabled = false
      }
    })
  }
})()
