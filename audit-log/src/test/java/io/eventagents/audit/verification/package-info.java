@NullMarked
package io.eventagents.audit.verification;

import org.jspecify.annotations.NullMarked;
