/** What settings must be. */
@NullMarked
package io.eventagents.orchestrator.setting;

import org.jspecify.annotations.NullMarked;
