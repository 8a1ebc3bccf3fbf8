/** Version of the engine, carried in the provenance of every result; equals the package's version (a test holds them together). */
export const ENGINE = '0.1.0';
