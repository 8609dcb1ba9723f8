// Stands for the editor's API where a module needs no more of it than its strings.

export const l10n = {
  t: (message: string, ...args: (string | number)[]) =>
    message.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)])),
};
export const workspace = {};
export const window = {};
