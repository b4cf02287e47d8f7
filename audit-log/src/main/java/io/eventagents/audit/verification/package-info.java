/**
 * Tells whether the log is unchanged and whether it is complete: two verdicts, never one. From a
 * command line without anything else, and in the running agent over and over again.
 */
@NullMarked
package io.eventagents.audit.verification;

import org.jspecify.annotations.NullMarked;
