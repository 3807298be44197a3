"""The art tool: people drawn from posed 3D bodies as flat line art, straight to small SVGs.

A developer's tool. The booklet reads only the finished pictures in images/; nothing at run time needs this package.

The steps, one module each:

    mesh       rest meshes, Catmull-Clark subdivision, normals
    skeleton   joints, forward kinematics, linear blend skinning
    poses      the words a pose is written in, and the base poses (face down, kneeling, standing, seated, on the side)
    contact    height fields: what the hands touch
    holds      how each giver is placed and where the hands go, as data
    solving    arms, hands and fingers onto the back (Adam on a differentiable skeleton; the only user of torch)
    solve, gaze    a hold made into a stored pose; the head turned to look at the hands
    handholds  the open hand, sitting at a desk, hands on shoulders
    limbs, stretches    arms and legs put in place in closed form; stretches of one person, written with them
    stances    poses by name
    garments   shirt and trousers from the tights mesh; hair; the ear and nail masks
    markings   curves on the skin and cloth: seams, face, knuckles, spine furrow, shoulder blades
    people     one dressed person as layers
    props      mats, towels, table, bed, chair as layers
    camera, raster, buffers    z-buffer: which layer, which part, how deep, facing where, for each pixel
    edges, chains, joining     cracks between unlike pixels, traced to polylines and joined through junctions
    curves     corner-aware smoothing and Bezier fitting
    fills      pixel masks to filled outlines; form and cast shadow
    landmarks  named places on the bodies, published as data attributes
    svg        the strict SVG subset, roles, data attributes
    scenes     the pictures as data;  staging builds one;  drafting draws it
    exercises, desks    the pictures of one person alone, and of a massage at a desk, as data
    palms, handpics    the maps of a hand; a hand massage close up, as data
    shapes, objects, icons    the flat pictures drawn without a mesh;  gallery knows every picture by name
"""
