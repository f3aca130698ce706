function t(r){if(!r||typeof r!="string")return null;try{let n=new URL(r,document.baseURI);return/^https?:$/.test(n.protocol)?n.href:null}catch{return null}}export{t as a};
