/** What settings must be. */
@NullMarked
package io.eventagents.scheduling.setting;

import org.jspecify.annotations.NullMarked;
