#error "core, scene and session know neither a window nor a painter"
