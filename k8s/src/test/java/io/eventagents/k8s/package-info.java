/** Renders the manifests and checks that they fit together. */
@NullMarked
package io.eventagents.k8s;

import org.jspecify.annotations.NullMarked;
