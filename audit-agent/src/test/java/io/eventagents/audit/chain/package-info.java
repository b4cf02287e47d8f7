@NullMarked
package io.eventagents.audit.chain;

import org.jspecify.annotations.NullMarked;
