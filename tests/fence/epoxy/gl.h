#error "core, draw, state, scene, ui and session know neither a window nor a painter"
