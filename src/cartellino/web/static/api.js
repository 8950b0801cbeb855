// The desk's JSON interface. Whatever fails becomes a Trouble with the three parts of every error.

const HEADER = "X-Cartellino-Token";
export let token = document.querySelector("meta[name=cartellino-token]")?.content ?? "";

export class Trouble extends Error {
  constructor(what, where = "", act = "", code = "", more = {}) {
    super(what);
    Object.assign(this, { what, where, act, code, more });
  }
}

export const get = (address, parameters = {}) => ask(`${address}?${new URLSearchParams(parameters)}`, {});

export async function post(address, body) {
  try {
    return await send(address, body);
  } catch (trouble) {
    if (trouble.code !== "token") throw trouble;
    token = (await get("/api/session")).token; // the desk was started anew under an open page
    return send(address, body);
  }
}

const send = (address, body) =>
  ask(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", [HEADER]: token },
    body: JSON.stringify(body),
  });

async function ask(address, options) {
  let response;
  try {
    response = await fetch(address, { credentials: "same-origin", ...options });
  } catch {
    throw new Trouble("the desk does not answer", "", "Start it again with ‘cartellino serve’; this page waits.", "offline");
  }
  const answer = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer;
  const { what = "the desk gave an answer that cannot be read", where = "", do: act = "", code = "", ...more } = answer?.error ?? {};
  throw new Trouble(what, where, act, code, more);
}
