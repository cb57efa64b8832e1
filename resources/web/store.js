// What this device must not forget: its token, unsent sheets, half-filled sheets. IndexedDB, in order, one at a time.

const NAME = "venue-station";

function promise(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

export class Store {
  static async open() {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      const base = request.result;
      base.createObjectStore("keep");
      base.createObjectStore("drafts");
      base.createObjectStore("outbox", { keyPath: "order", autoIncrement: true });
    };
    return new Store(await promise(request));
  }

  constructor(base) {
    this.base = base;
  }

  // Resolves only when the disk has it, as far as the browser lets us ask for that.
  async write(name, work) {
    const transaction = this.base.transaction(name, "readwrite", { durability: "strict" });
    work(transaction.objectStore(name));
    await finished(transaction);
  }

  read(name, key) {
    return promise(this.base.transaction(name).objectStore(name).get(key));
  }

  async keep(key, value) {
    await this.write("keep", (store) => store.put(value, key));
  }

  kept(key) {
    return this.read("keep", key);
  }

  async forget(key) {
    await this.write("keep", (store) => store.delete(key));
  }

  async putDraft(key, marks) {
    await this.write("drafts", (store) => store.put(marks, key));
  }

  async dropDraft(key) {
    await this.write("drafts", (store) => store.delete(key));
  }

  draft(key) {
    return this.read("drafts", key);
  }

  async addSheet(sheet) {
    await this.write("outbox", (store) => store.add({ sheet }));
  }

  async dropSheet(id) {
    const rows = await promise(this.base.transaction("outbox").objectStore("outbox").getAll());
    const found = rows.filter((row) => row.sheet.id === id);
    if (found.length) {
      await this.write("outbox", (store) => found.forEach((row) => store.delete(row.order)));
    }
  }

  async sheets() {
    const rows = await promise(this.base.transaction("outbox").objectStore("outbox").getAll());
    return rows.map((row) => row.sheet);
  }
}
