@NullMarked
package io.eventagents.audit.erasure;

import org.jspecify.annotations.NullMarked;
