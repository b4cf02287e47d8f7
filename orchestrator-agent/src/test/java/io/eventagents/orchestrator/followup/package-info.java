@NullMarked
package io.eventagents.orchestrator.followup;

import org.jspecify.annotations.NullMarked;
