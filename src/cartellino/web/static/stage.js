// The picture on its wall: as large as it may be, never blown up beyond what it holds.

import { find, make } from "./dom.js";
import { Zoom } from "./zoom.js";

const LONG = 4; // a scroll: from here on the whole hangs beside a detail
const GROWTH = 2; // a small picture is shown at most so much larger than it is
const MINIATURE = 160;
const GAP = 24;

export class Stage {
  constructor() {
    this.element = find("stage");
    this.caption = find("caption");
    this.strip = find("views");
    this.zoom = new Zoom(this.element);
    this.pictures = [];
    this.place = 0;
    new ResizeObserver(() => this.#fit()).observe(this.element);
  }

  show(pictures, title) {
    this.pictures = pictures;
    this.title = title;
    this.#fillStrip();
    this.turn(0);
  }

  turn(place) {
    if (!this.pictures.length) return this.#bare();
    this.place = (place + this.pictures.length) % this.pictures.length;
    const picture = this.pictures[this.place];
    const views = this.pictures.length > 1 ? `, view ${this.place + 1} of ${this.pictures.length}` : "";
    this.whole = make("img", { alt: `${this.title}${views}`, draggable: false, src: picture.address });
    this.whole.addEventListener("error", () => this.#lost());
    this.detail = long(picture) ? this.#window(picture) : null;
    this.element.replaceChildren(...[this.whole, this.detail].filter(Boolean));
    this.element.classList.toggle("long", Boolean(this.detail));
    this.element.classList.toggle("tall", picture.height > picture.width);
    this.zoom.hold(this.whole);
    this.#fit();
    this.#tell(picture);
    for (const [number, view] of [...this.strip.children].entries()) {
      view.firstChild.ariaCurrent = number === this.place ? "true" : null;
    }
  }

  step(by) {
    if (this.pictures.length > 1) this.turn(this.place + by);
    return this.pictures.length > 1;
  }

  #bare() {
    this.whole = null;
    this.zoom.hold(null);
    this.caption.textContent = "";
    this.element.replaceChildren(make("p", { className: "bare" }, "No picture of this work was kept."));
  }

  #lost() {
    this.zoom.hold(null);
    this.element.replaceChildren(make("p", { className: "bare", role: "alert" }, "The picture is not where it was kept. The entry still is."));
  }

  #tell(picture) {
    const several = this.pictures.length > 1 ? `View ${this.place + 1} of ${this.pictures.length}` : "";
    const size = Math.max(picture.width, picture.height) < MINIATURE ? `A small picture: ${picture.width} × ${picture.height} pixels` : "";
    const shape = long(picture) ? `The whole, 1 : ${Math.round(ratio(picture))}, and a detail; Z to read along it` : "";
    this.caption.textContent = [several, size, shape].filter(Boolean).join(" · ");
  }

  #fillStrip() {
    this.strip.hidden = this.pictures.length < 2;
    this.strip.replaceChildren(
      ...this.pictures.map((picture, place) => {
        const button = make("button", { type: "button", ariaLabel: `View ${place + 1}` }, make("img", { src: picture.thumbnail, alt: "" }));
        button.addEventListener("click", () => this.turn(place));
        return make("li", {}, button);
      }),
    );
  }

  // The detail follows the pointer along the whole.
  #window(picture) {
    const detail = make("img", { className: "detail", alt: "", draggable: false, src: picture.address });
    this.whole.addEventListener("pointermove", (event) => {
      const box = this.whole.getBoundingClientRect();
      const along = picture.height > picture.width ? (event.clientY - box.y) / box.height : (event.clientX - box.x) / box.width;
      detail.style.objectPosition = `${along * 100}% ${along * 100}%`;
    });
    return detail;
  }

  #fit() {
    if (!this.whole) return;
    const picture = this.pictures[this.place];
    const box = getComputedStyle(this.element);
    const width = this.element.clientWidth - parseFloat(box.paddingLeft) * 2;
    const height = this.element.clientHeight - parseFloat(box.paddingTop) * 2;
    const scale = Math.min(width / picture.width, height / picture.height, growth(picture));
    size(this.whole, picture.width * scale, picture.height * scale);
    this.whole.classList.toggle("mat", Math.max(picture.width, picture.height) < MINIATURE);
    if (!this.detail) return;
    const tall = picture.height > picture.width;
    const room = tall ? width - picture.width * scale - GAP : height - picture.height * scale - GAP;
    const across = Math.min(room, (tall ? picture.width : picture.height) * growth(picture));
    if (tall) size(this.detail, across, height);
    else size(this.detail, width, across);
  }
}

const ratio = (picture) => Math.max(picture.width / picture.height, picture.height / picture.width);
const long = (picture) => ratio(picture) > LONG;
const growth = (picture) => (Math.max(picture.width, picture.height) < MINIATURE ? GROWTH + 1 : GROWTH);

function size(image, width, height) {
  image.style.width = `${Math.max(1, Math.round(width))}px`;
  image.style.height = `${Math.max(1, Math.round(height))}px`;
}
