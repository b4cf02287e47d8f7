/** Checks that several settings share. */
@NullMarked
package io.eventagents.orchestrator.setting;

import org.jspecify.annotations.NullMarked;
