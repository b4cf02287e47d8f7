@NullMarked
package io.eventagents.audit.console;

import org.jspecify.annotations.NullMarked;
