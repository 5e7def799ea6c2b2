// Reads wheels, which are zip files, in the page's worker. `make live` joins it into one file.
export { unzipSync } from "fflate";
