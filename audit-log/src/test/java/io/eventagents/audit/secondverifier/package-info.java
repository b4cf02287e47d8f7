/**
 * A second verifier of the log. It was written from {@code docs/audit-log.md} alone, by somebody
 * who had not seen the program, and shares no code with it: where the two verdicts on a log differ,
 * the page, the program or this is wrong.
 */
package io.eventagents.audit.secondverifier;
