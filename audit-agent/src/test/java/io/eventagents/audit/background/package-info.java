@NullMarked
package io.eventagents.audit.background;

import org.jspecify.annotations.NullMarked;
