// What the compiler does not see: promises that nobody waits for, loose equality, types that are not checked.
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["out", "node_modules"] },
  {
    files: ["src/**/*.ts", "tests/unit/**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-console": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // What is disposable in the editor's API is so by its shape.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
    },
  },
  {
    // `node:test` gives promises that its runner waits for.
    files: ["tests/unit/**/*.ts"],
    rules: { "@typescript-eslint/no-floating-promises": "off" },
  },
);
