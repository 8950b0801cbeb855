// Looking closely: the picture grows within its stage and is moved by pointer, wheel and keys.

const STEP = 1.5;
const MOST = 16;

export class Zoom {
  constructor(stage) {
    this.stage = stage;
    this.image = null;
    this.scale = 1;
    this.offset = { x: 0, y: 0 };
    this.drag = null;
    stage.addEventListener("pointerdown", (event) => this.#press(event));
    stage.addEventListener("pointermove", (event) => this.#move(event));
    stage.addEventListener("pointerup", (event) => this.#lift(event));
    stage.addEventListener("pointercancel", () => (this.drag = null));
    stage.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
  }

  get near() {
    return this.scale > 1;
  }

  hold(image) {
    this.image = image;
    this.leave();
  }

  toggle(at = null) {
    if (this.near) this.leave();
    else if (this.image) this.#to(this.#close(), at);
  }

  leave() {
    this.scale = 1;
    this.offset = { x: 0, y: 0 };
    this.#apply();
  }

  nearer() {
    this.#to(this.scale * STEP);
  }

  farther() {
    this.#to(this.scale / STEP);
  }

  pan(x, y) {
    this.offset.x += x;
    this.offset.y += y;
    this.#apply();
  }

  // At least twice as large; the picture's own pixels if it has more; and a scroll fills the stage across its length.
  #close() {
    const { clientWidth: width, clientHeight: height } = this.image;
    const own = this.image.naturalWidth / width;
    const fill = Math.min(this.stage.clientWidth / width, this.stage.clientHeight / height);
    const across = Math.max(this.stage.clientWidth / width, this.stage.clientHeight / height);
    const long = Math.max(width / height, height / width) > 4;
    return Math.max(2, own, fill, long ? Math.min(across, own * 3) : 0);
  }

  #to(scale, at = null) {
    if (!this.image) return;
    const next = Math.min(MOST, Math.max(1, scale));
    const point = at ?? { x: 0, y: 0 };
    const ratio = next / this.scale;
    this.offset = { x: point.x - (point.x - this.offset.x) * ratio, y: point.y - (point.y - this.offset.y) * ratio };
    this.scale = next;
    this.#apply();
  }

  #apply() {
    if (!this.image) return;
    for (const [axis, side] of [["x", "clientWidth"], ["y", "clientHeight"]]) {
      const spare = Math.max(0, (this.image[side] * this.scale - this.stage[side]) / 2);
      this.offset[axis] = this.near ? Math.min(spare, Math.max(-spare, this.offset[axis])) : 0;
    }
    this.stage.classList.toggle("near", this.near);
    this.image.style.transform = this.near
      ? `translate(${this.offset.x}px, ${this.offset.y}px) scale(${this.scale})`
      : "";
  }

  #point(event) {
    const box = this.image.getBoundingClientRect();
    const middle = { x: box.x + box.width / 2 - this.offset.x, y: box.y + box.height / 2 - this.offset.y };
    return { x: event.clientX - middle.x, y: event.clientY - middle.y };
  }

  #press(event) {
    if (event.button !== 0 || !event.target.closest("img")) return;
    this.drag = { x: event.clientX, y: event.clientY, moved: false };
    if (this.near) this.stage.setPointerCapture(event.pointerId);
  }

  #move(event) {
    if (!this.drag || !this.near) return;
    const x = event.clientX - this.drag.x;
    const y = event.clientY - this.drag.y;
    if (Math.abs(x) + Math.abs(y) < 4 && !this.drag.moved) return;
    this.drag = { x: event.clientX, y: event.clientY, moved: true };
    this.pan(x, y);
  }

  #lift(event) {
    const drag = this.drag;
    this.drag = null;
    if (drag && !drag.moved && this.image) this.toggle(this.#point(event));
  }

  #wheel(event) {
    if (!this.near || !this.image) return;
    event.preventDefault();
    this.#to(this.scale * Math.exp(-event.deltaY / 400), this.#point(event));
  }
}
