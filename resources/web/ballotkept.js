// What a voter's device holds: a draft until it is counted, then only the code that finds the paper again.

const DRAFT = "vote-draft:";
const CODES = "vote-codes";
const LANGUAGE = "vote-language";
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // a device that keeps nothing can still vote
  }
}

export function plain(code) {
  return code.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
}

export function isCode(code) {
  return typeof code === "string" && /^[0-9A-HJKMNP-TV-Z]{12}$/.test(code);
}

// K7F2Q9ABCDEF → K7F2-Q9AB-CDEF
export function grouped(code) {
  return code.replace(/(.{4})(?=.)/g, "$1-");
}

export function randomCode() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => ALPHABET[byte & 31]).join("");
}

export class KeptPapers {
  fresh(form) {
    const several = form.names.length * Math.max(1, form.items.length) > 1;
    return { code: randomCode(), marks: {}, others: [], mode: several ? "one" : "grid", at: 0 };
  }

  draft(slip, poll) {
    return read(`${DRAFT}${plain(slip)}:${poll}`);
  }

  keep(slip, poll, paper) {
    write(`${DRAFT}${plain(slip)}:${poll}`, paper);
  }

  drop(slip, poll) {
    try {
      localStorage.removeItem(`${DRAFT}${plain(slip)}:${poll}`);
    } catch {
      // nothing was kept
    }
  }

  remember(code, title) {
    const others = this.codes().filter((one) => one.code !== code);
    write(CODES, [...others, { code, title }].sort((a, b) => (a.code < b.code ? -1 : 1)));
  }

  codes() {
    return read(CODES) || [];
  }

  language() {
    return read(LANGUAGE);
  }

  speak(language) {
    write(LANGUAGE, language);
  }
}
